/** Every Lambda of the system and the file it is made of. The name becomes its logical id in the stack. */
export const functionEntries = {
  CheckApplication: 'functions/intake/check-application.ts',
  RequestCorrection: 'functions/intake/request-correction.ts',
  RequestReview: 'functions/review/request-review.ts',
  RequestAdvance: 'functions/approval/request-advance.ts',
  RequestApproval: 'functions/approval/request-approval.ts',
  PostNotice: 'functions/notice/post-notice.ts',
  RequestObjection: 'functions/notice/request-objection.ts',
  RequestPayment: 'functions/disbursement/request-payment.ts',
  ClimbRung: 'functions/waits/climb-rung.ts',
  CloseCase: 'functions/waits/close-case.ts',
  SweepOutbox: 'functions/waits/sweep-outbox.ts',
  RunScheduled: 'functions/waits/run-scheduled.ts',
  ProveBooks: 'functions/upkeep/prove-books.ts',
  SeedStage: 'functions/upkeep/seed-stage.ts',
  ApplicantPages: 'functions/web/applicant/handler.ts',
  ApproverPages: 'functions/web/approver/handler.ts',
  FinancePages: 'functions/web/finance/handler.ts',
  FundPages: 'functions/web/finance/funds-handler.ts',
  BankResultPages: 'functions/web/finance/results-handler.ts',
  OfficePages: 'functions/web/office/handler.ts',
  AccountPages: 'functions/web/account/handler.ts',
} as const;

export type FunctionName = keyof typeof functionEntries;

export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functionEntries, name);
export const functionNames: readonly FunctionName[] = Object.keys(functionEntries).filter(isFunctionName);
