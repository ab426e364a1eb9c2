/** Somebody who does not exist, with all that a form asks about a person. */
export type Invented = {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly email: string;
  readonly unit: string;
  readonly address: string;
  readonly householdSize: number;
  readonly account: string;
};

/** Rare surnames, two to a patch's unit, and given names from the sea: no list of real people was looked at. */
const surnames = [...'郗逄郜亓敖晁缑仉璩鄢蔺胥丌郏濮郦谌訾亶牟'];
const givenNames = ['望潮', '拾贝', '听涛', '逐浪', '晒月', '守灯', '问渔', '织网', '归帆', '渡云'];
export const units = [
  '制盐一工区',
  '制盐二工区',
  '扬水站',
  '盐化工车间',
  '对虾养殖场',
  '海水育苗场',
  '运输队',
  '医务所',
];

/** The n-th invented person; the same every time. Different persons differ in name, ID number, phone, mail and account. */
export function inventPerson(order: number, { householdSize = 3 }: { householdSize?: number } = {}): Invented {
  const surname = surnames[order % surnames.length] ?? '';
  const given = givenNames[(order + Math.floor(order / surnames.length)) % givenNames.length] ?? '';
  const two = (value: number): string => String(value).padStart(2, '0');
  const birth = `19${50 + (order % 40)}${two(1 + (order % 12))}${two(1 + (order % 28))}`;
  return {
    name: surname + given,
    // No province has the code 19.
    idNumber: withCheckDigit(`190000${birth}${String(100 + order)}`),
    // No town has this area code.
    phone: `0000-2100${String(order).padStart(3, '0')}`,
    email: `applicant-${two(order)}@workers.example`,
    unit: units[order % units.length] ?? '',
    address: `盐场生活区 ${1 + (order % 9)} 号楼 ${101 + order}`,
    householdSize,
    account: inventAccount(order, 1),
  };
}

/** An account at no bank (no card begins with 9), the `attempt`-th of a person; its check digit fits. */
export function inventAccount(order: number, attempt: number): string {
  const digits = `900000${String(attempt).padStart(4, '0')}${String(order).padStart(8, '0')}`;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** GB 11643-1999, clause 4.1.2. */
function withCheckDigit(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return digits + ('10X98765432'[sum % 11] ?? '');
}
