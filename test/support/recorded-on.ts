/** What a page says was recorded, without the words to whoever pressed something else at the same moment. */
export const recordedOn = ({ text }: { readonly text: string }): string =>
  text.replace(/!警告：您刚才提交的没有记录.*?以下面记录的为准。/, '');

/** Whether whoever reads the page is told that what they pressed was not recorded. */
export const isToldOtherwise = ({ text }: { readonly text: string }): boolean => text.includes('您刚才提交的没有记录');
