/** Pages for applicants: form, papers, confirmation, status, notice board. */
export const applicant = {
  title: '申请救助',
};
