/** Subjects and texts of mails. */
export const mail = {
  sender: '职工救助',
};
