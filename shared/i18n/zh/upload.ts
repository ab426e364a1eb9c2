/** What is said of uploaded files, whoever uploads them. */
export const upload = {
  image: '照片',
  document: 'PDF 文件',
  fault: {
    'too-large': '刚才的文件超过 10 MB，没有保存。请把照片压缩一下，或分几张拍。',
    empty: '刚才的文件是空的，没有保存。请重新选择文件。',
    'wrong-kind':
      '刚才的文件不是 JPG、PNG 照片或 PDF，没有保存。苹果手机的 HEIC 照片请先转成 JPG，Word 文件请先存成 PDF。',
  },
};
