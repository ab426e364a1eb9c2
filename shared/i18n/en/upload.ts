import type { upload as zh } from '../zh/upload.ts';

export const upload: typeof zh = {
  image: 'photograph',
  document: 'PDF',
  fault: {
    'too-large': 'The file was larger than 10 MB and was not kept. Please make the photograph smaller or take several.',
    empty: 'The file was empty and was not kept. Please choose it again.',
    'wrong-kind':
      'The file was no JPG, PNG or PDF and was not kept. Save an iPhone’s HEIC photograph as JPG, a Word file as PDF.',
  },
};
