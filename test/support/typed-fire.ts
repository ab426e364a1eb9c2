const common = {
  applicantName: '林海生',
  applicantIdNumber: '11010519491231002X',
  phone: '138 0013 8000',
  unit: '制盐一厂',
  address: '盐场三号生活区 5 栋 201',
  householdSize: '3',
  enteredFor: 'self',
  payeeKind: 'self',
  payeeBankName: '工商银行盐场支行',
  payeeAccountNumber: '6222 0212 3456 7890 128',
  consent: 'yes',
};

/** An application after a fire as it is typed, without a fault; the unit is one of `applicantPorts`. */
export const typedFire = {
  ...common,
  incidentDate: '2016-10-05',
  incidentPlace: '三号生活区 5 栋',
  incidentNumber: '消（2016）第17号',
  burnt: 'home',
  'damage.0.item': '冰箱',
  'damage.0.estimateFen': '2000',
  peopleHurt: '0',
  sleepsAt: 'relatives',
  isInsured: 'no',
};
