import { expect, it } from 'vitest'
import { html, jsonBlock } from './html.ts'

it('escapes every value that is not markup itself', () => {
  const name = `<img src=x onerror="alert('1')">&`
  expect(html`<p title="${name}">${name}${html`<b>${1}</b>`}${null}${[html`<i></i>`, html`<u></u>`]}</p>`.text).toBe(
    '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;">' +
      '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;<b>1</b><i></i><u></u></p>',
  )
})

it('keeps a script block closed whatever the value says', () => {
  const block = jsonBlock('ask', { text: '</script><script>alert(1)</script><!--' }).text
  expect(block.match(/<\/script>/g)).toHaveLength(1)
  expect(JSON.parse(block.replace(/^<script[^>]*>|<\/script>$/g, ''))).toEqual({
    text: '</script><script>alert(1)</script><!--',
  })
})
