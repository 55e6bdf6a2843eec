/** The address of a link if it may be one; undefined for scripts, data and other schemes. */
export function safeUrl(url: string): URL | undefined {
  const parsed = URL.parse(url);
  return parsed && /^(https?|mailto):$/.test(parsed.protocol) ? parsed : undefined;
}
