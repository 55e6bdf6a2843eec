/** How an exported page looks: the panel's colours, as in components/theme.css. */
export const htmlStyle = `
:root { color-scheme: light dark; --ground: #fff; --ink: #15191e; --ink-2: #525c68; --line: #e2e5e9; --bubble: #eaf1f0; --accent: #0b6e66; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171b; --ink: #e9edf1; --ink-2: #a9b3be; --line: #2b3138; --bubble: #1e2b2b; --accent: #5cc9bd; } }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
main { max-width: 720px; margin: 0 auto; padding: 32px 16px; overflow-wrap: anywhere; }
h1 { font-size: 22px; }
article { margin: 28px 0; }
article.user { padding: 12px 16px; border-radius: 14px; background: var(--bubble); }
header h2 { display: inline; font-size: 15px; }
small, .note, figcaption, details { color: var(--ink-2); font-size: 13px; }
article.assistant p { white-space: pre-line; }
.plain { margin: 8px 0 0; white-space: pre-wrap; }
a { color: var(--accent); }
pre { padding: 12px; border: 1px solid var(--line); border-radius: 10px; overflow-x: auto; font-size: 13px; white-space: pre; overflow-wrap: normal; }
code { font-family: ui-monospace, monospace; font-size: 13px; }
table { display: block; overflow-x: auto; border-collapse: collapse; }
th, td { padding: 4px 10px; border: 1px solid var(--line); text-align: start; }
blockquote { margin-inline: 0; padding-inline-start: 14px; border-inline-start: 3px solid var(--line); color: var(--ink-2); }
figure { margin: 12px 0; }
img { max-width: 100%; height: auto; border-radius: 12px; }
`;
