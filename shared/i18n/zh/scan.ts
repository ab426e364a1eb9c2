import { upload } from './upload.ts';

type What = { what: string };

/** Scans of vouchers and of banks' receipts, as finance uploads and reads them. */
export const scan = {
  image: upload.image,
  document: upload.document,
  voucher: '凭证',
  bankReceipt: '银行回单',
  title: (p: What) => `${p.what}扫描件`,
  required: '请先上传，再填写。确认的人和审计员会对照它核对。',
  optional: '有就先上传，再填写；没有可以不传。',
  without: '没有扫描件，直接填写',
  limits: '用手机拍照也行，字要看得清。支持 JPG、PNG 照片和 PDF，不超过 10 MB。',
  choose: (p: What) => `选择文件：${p.what}`,
  upload: (p: What) => `上传${p.what}`,
  uploadAnother: (p: What) => `换一份${p.what}`,
  newWindow: '（在新窗口打开；传好后请在新窗口里填写并提交，这一页不会换上新文件）',
  uploaded: (p: { kind: string; size: string }) => `已经传上：${p.kind}，${p.size}。`,
  none: '没有扫描件',
  look: (p: { size: string }) => `查看（${p.size}）`,
  alteredTitle: '扫描件与登记时不同',
  altered: '这份扫描件已经不是登记时的文件，不能作为凭证。请告知审计员和系统管理员。',
  missing: '请先上传凭证扫描件',
  fault: { ...upload.fault, gone: '上传的文件已经不在，请重新上传。' },
};
