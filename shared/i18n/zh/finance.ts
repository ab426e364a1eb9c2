/** Finance: payouts, batches, bank results. */
export const finance = {
  title: '发放',
};
