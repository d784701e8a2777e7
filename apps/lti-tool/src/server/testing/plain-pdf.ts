/** A whole PDF of one empty page that says who made it, as a word processor writes it. */
export const plainPdf = (author: string): string =>
  [
    '%PDF-1.4',
    '1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj',
    '2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj',
    '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<>>>>\nendobj',
    `4 0 obj\n<</Author(${author})/Creator(Writer of ${author})/CreationDate(D:20260228090807Z)>>\nendobj`,
    'trailer\n<</Root 1 0 R/Info 4 0 R/ID[<0123456789abcdef><0123456789abcdef>]/Size 5>>\nstartxref\n0\n%%EOF',
  ].join('\n')
