/**
 * Posts a message for one person to the address that came with what they asked. The address is one
 * of `answersUrl`, of the same host and with its path, or nothing is called: whoever could choose
 * it would have this function call what they like. Never throws.
 */
export async function answerAt(address: string, answersUrl: string, message: unknown): Promise<'answered' | 'refused' | 'not there'> {
  const to = URL.parse(address);
  const allowed = new URL(answersUrl);
  if (!to || to.origin !== allowed.origin || to.username !== '' || to.password !== '' || !to.pathname.startsWith(allowed.pathname))
    return 'not there';
  try {
    const answer = await fetch(to, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(message),
      redirect: 'error',
      signal: AbortSignal.timeout(longestMs),
    });
    await answer.body?.cancel();
    return answer.ok ? 'answered' : 'refused';
  } catch {
    return 'refused';
  }
}

/** Slack waits three seconds for us, and the rest has to fit in as well. */
const longestMs = 1200;
