/** The office: cases, register, staff, funds. */
export const office = {
  title: '工会办公室',
};
