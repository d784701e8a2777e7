const hex = (bytes: string) => Buffer.from(bytes, 'latin1').toString('hex')

/** A photo written into the page itself, in letters, with its maker in a comment. */
const photo = (author: string): string => {
  const said = `Photo by ${author}`
  return `ffd8fffe00${hex(String.fromCharCode(said.length + 2) + said)}ffdb0008${hex('tables')}ffda00080101003f00000102ffd9>`
}

/** A whole PDF of one page with a photo on it that says who made it, as a word processor writes it. */
export const plainPdf = (author: string): string => {
  const drawn = `q 90 0 0 90 0 0 cm BI /W 9 /H 9 /BPC 8 /CS /G /F [/AHx /DCT] ID ${photo(author)} EI Q`
  return [
    '%PDF-1.4',
    '1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj',
    '2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj',
    '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<>>/Contents 5 0 R>>\nendobj',
    `4 0 obj\n<</Author(${author})/Creator(Writer of ${author})/CreationDate(D:20260228090807Z)>>\nendobj`,
    `5 0 obj\n<</Length ${drawn.length}>>\nstream\n${drawn}\nendstream\nendobj`,
    'trailer\n<</Root 1 0 R/Info 4 0 R/ID[<0123456789abcdef><0123456789abcdef>]/Size 6>>\nstartxref\n0\n%%EOF',
  ].join('\n')
}
