/** The decision page and what surrounds it. */
export const approver = {
  title: '待您决定',
};
