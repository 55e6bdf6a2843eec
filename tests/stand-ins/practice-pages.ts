import type { ServerResponse } from 'node:http';

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <link rel="icon" href="data:," />
    <title>${title}</title>
    <style>
      body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem; }
      button { font: inherit; padding: 0.5rem 1rem; }
    </style>
  </head>
  <body>
    ${body}
  </body>
</html>
`;
}

/** The page of the human check that stands where an answer belongs. */
export const HUMAN_CHECK_HTML = page(
  'Just a moment…',
  '<h1>Checking that you are human</h1><p>Practice service: open the site to pass the check.</p>',
);

function cookies(secure: boolean, human: boolean): string[] {
  const suffix = secure ? '; Secure' : '';
  return [
    `ai-chat-front=practice-visitor; Path=/; HttpOnly; SameSite=Strict${suffix}`,
    `_csrf-front=practice-token; Path=/; SameSite=Lax${suffix}`,
    ...(human ? [`human=1; Path=/; SameSite=Lax${suffix}`] : []),
  ];
}

/** The site as a person sees it: sets the visitor's cookies, offers the human check. */
export function sendSite(
  response: ServerResponse,
  options: { secure: boolean; isHuman: boolean; passesNow: boolean },
): void {
  const check = options.isHuman
    ? '<p role="status">You have passed the human check. Go back to the side panel.</p>'
    : '<form method="post" action="/human/"><button>I am human</button></form>';
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'set-cookie': cookies(options.secure, options.passesNow),
  });
  response.end(
    page(
      'AI-Chats.org (practice)',
      `<h1>AI-Chats.org</h1>
    <p>This is the practice service on your own computer, not the real site.</p>
    ${check}`,
    ),
  );
}

/** What the button of the human check leads to. */
export function sendPassed(response: ServerResponse, secure: boolean): void {
  response.writeHead(303, { location: '/chat/', 'set-cookie': cookies(secure, true) });
  response.end();
}
