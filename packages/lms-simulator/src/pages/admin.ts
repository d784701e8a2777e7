import type { Platform } from '../platform.ts'
import { html, type Html } from './html.ts'
import { shell } from './shell.ts'

function toolsTable(platform: Platform): Html {
  const { tools } = platform.state
  const off = platform.profile === 'canvas' ? 'Off' : 'Pending'
  if (tools.length === 0) return html`<p>No tool is known here yet.</p>`
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Tools, wide table">
    <table class="people">
      <thead>
        <tr>
          <th scope="col">Tool</th>
          <th scope="col">Client ID</th>
          <th scope="col">Deployment ID</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        ${tools.map(
          (tool) =>
            html`<tr>
              <th scope="row">${tool.name}<span class="small">${tool.domain}</span></th>
              <td><code>${tool.clientId}</code></td>
              <td><code>${tool.deploymentId}</code></td>
              <td>
                ${
                  tool.active
                    ? 'On'
                    : html`${off}
                        <form method="post" action="/admin/tools/activate">
                          <input type="hidden" name="client" value="${tool.clientId}" />
                          <button class="btn">Turn on<span class="vh"> ${tool.name}</span></button>
                        </form>`
                }
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

/** The administrator's page: tools, registration by address, and what a tool is told by hand. */
export function toolsPage(platform: Platform): Html {
  const { paths } = platform.dialect
  const facts = {
    Issuer: platform.issuer,
    'Authorization endpoint': platform.url + paths.authorization,
    'Token endpoint': platform.url + paths.token,
    'Key set': platform.url + paths.jwks,
    'OpenID configuration': platform.url + paths.openidConfiguration,
  }
  return shell(platform, {
    title: 'Tools',
    path: '/admin/tools',
    place: undefined,
    main: html`<h1>Tools at ${platform.name}</h1>
      ${toolsTable(platform)}
      <section class="gap" aria-labelledby="h-register">
        <h2 id="h-register">Let a tool register itself</h2>
        <form class="card" method="post" action="/admin/tools/register">
          <div class="field">
            <label for="url">The tool’s registration address</label>
            <input id="url" name="url" type="url" required placeholder="https://" autocomplete="off" />
          </div>
          <button class="btn strong">Start</button>
        </form>
      </section>
      <section class="gap" aria-labelledby="h-facts">
        <h2 id="h-facts">What a tool needs to know</h2>
        <dl class="facts">
          ${Object.entries(facts).map(
            ([name, value]) =>
              html`<dt>${name}</dt>
                <dd><code>${value}</code></dd>`,
          )}
        </dl>
      </section>`,
  })
}

/** A tool's own registration page, in a frame, until it says org.imsglobal.lti.close. */
export function registerPage(platform: Platform, url: string): Html {
  return shell(platform, {
    title: 'Register a tool',
    path: '/admin/tools/register',
    place: undefined,
    messages: { toolOrigins: [new URL(url).origin], answers: [], closeTo: '/admin/tools' },
    main: html`<h1>Register a tool</h1>
      <p class="small">When the tool is done, go back to <a href="/admin/tools">the list</a> and turn it on.</p>
      <iframe class="frame" data-tool title="Registration of the tool" src="${url}"></iframe>`,
  })
}
