/**
 * A request whose sending is followed: `onProgress` gets the part that has left, 0 to 1. `fetch` tells nothing of that. A
 * lost connection rejects, as with `fetch`.
 */
export function sendWithProgress(
  url: string,
  { method, headers, body }: Readonly<{ method: string; headers: Record<string, string>; body: FormData }>,
  onProgress: (share: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    request.addEventListener('error', () => reject(new TypeError('The connection was lost')))
    request.addEventListener('load', () => {
      const type = request.getResponseHeader('content-type')
      const has = request.status !== 204 && request.status !== 304
      resolve(
        new Response(has ? request.responseText : null, {
          status: request.status,
          ...(type && { headers: { 'content-type': type } }),
        }),
      )
    })
    request.send(body)
  })
}
