import { canvasPlacements, customParameters, DESCRIPTION, SCOPES } from './tool-configuration.ts'

/**
 * What Canvas's developer key form takes under "Enter URL" and "Paste JSON" (Canvas, "Configuring LTI Advantage Tools",
 * anatomy of a JSON configuration). Fetched by Canvas without any name: it says nothing of networks or schools. Our ids
 * travel with each link as it is placed; these fields are what every launch brings.
 */
export function canvasConfiguration(publicUrl: string): Record<string, unknown> {
  const launch = `${publicUrl}/lti/launch`
  const icon = `${publicUrl}/lti/icon.svg`
  return {
    title: 'Copractice',
    description: DESCRIPTION,
    target_link_uri: launch,
    oidc_initiation_url: `${publicUrl}/lti/login`,
    public_jwk_url: `${publicUrl}/lti/jwks.json`,
    scopes: SCOPES,
    custom_fields: customParameters('canvas'),
    extensions: [
      {
        platform: 'canvas.instructure.com',
        // Canvas finds the tool of a placed link by it.
        domain: new URL(publicUrl).host,
        tool_id: 'copractice',
        privacy_level: 'public',
        settings: {
          text: 'Copractice',
          icon_url: icon,
          placements: canvasPlacements().flatMap(({ type, label, placements, more }) =>
            placements.map((placement) => ({
              placement,
              message_type: type,
              target_link_uri: launch,
              text: label,
              icon_url: icon,
              ...more,
            })),
          ),
        },
      },
    ],
  }
}

/** The tool's addresses, as the forms of LMSs ask for them. */
export function toolDetails(publicUrl: string) {
  const lines = (profile: 'canvas' | 'moodle') =>
    Object.entries(customParameters(profile))
      .map(([name, value]) => `${name}=${value}`)
      .join('\n')
  return {
    loginUrl: `${publicUrl}/lti/login`,
    launchUrl: `${publicUrl}/lti/launch`,
    jwksUrl: `${publicUrl}/lti/jwks.json`,
    canvasConfigUrl: `${publicUrl}/lti/canvas-config.json`,
    iconUrl: `${publicUrl}/lti/icon.svg`,
    domain: new URL(publicUrl).host,
    scopes: [...SCOPES],
    custom: { canvas: lines('canvas'), moodle: lines('moodle') },
  }
}
