import { isSignedBySlack, signingSecretsIn } from '../../core/slack-draft/is-signed-by-slack.ts';
import { ownMessage } from '../../core/slack-draft/own-message.ts';
import { type DraftRequest, readDraftRequest } from '../../core/slack-draft/read-draft-request.ts';
import { type TakeDraftDeps, takeDraft } from '../../core/slack-draft/take-draft.ts';
import { emptyAnswer, type HttpAnswer, jsonAnswer } from '../shared/http-answer.ts';
import { headerOf, tooLarge } from '../shared/http-body.ts';
import type { HttpEvent } from '../shared/http-routes.ts';
import type { Log } from '../shared/logger.ts';
import { problem } from '../shared/problem.ts';

export interface DraftsDeps extends Omit<TakeDraftDeps, 'distribution'> {
  readonly distribution: () => Promise<TakeDraftDeps['distribution']>;
  readonly signingSecrets: () => Promise<string>;
  readonly answerAt: (address: string, message: unknown) => Promise<'answered' | 'refused' | 'not there'>;
  readonly log: Log;
}

/** In bytes. A message of 40,000 characters comes twice, as text and in blocks, percent-encoded. */
const longestBody = 2 * 1024 * 1024;

/**
 * Answers what Slack posts for the command and the shortcut. Nothing of it is read before its
 * signature is known. Logs no text. Slack shows the person any answer but 200 as a failure, and
 * they may press again: what was stored stays as it is.
 */
export async function answerSlack(event: HttpEvent, deps: DraftsDeps): Promise<HttpAnswer> {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (body.length > longestBody)
    return problem(413, 'Content Too Large', { detail: tooLarge(body.length, longestBody, 'Choose a shorter message.') });
  const secrets = await readSecrets(deps);
  if (secrets.length === 0) return problem(503, 'Service Unavailable', { detail: 'The signing secret cannot be read.' });
  const timestamp = headerOf(event, 'x-slack-request-timestamp');
  const signed = { timestamp, signature: headerOf(event, 'x-slack-signature'), body };
  if (!isSignedBySlack(signed, secrets, deps.now())) {
    deps.log.warn('not signed by Slack', {});
    return problem(401, 'Unauthorized', { detail: 'It is not signed by Slack with the secret that is known here, or not lately.' });
  }
  const ask = readDraftRequest(new URLSearchParams(body.toString()), new Date(Number(timestamp) * 1000));
  if (ask === undefined) return problem(400, 'Bad Request', { detail: 'It is no command and no shortcut of Slack.' });
  return ask === 'nothing' ? emptyOk : answered(ask, deps);
}

async function answered(ask: DraftRequest, deps: DraftsDeps): Promise<HttpAnswer> {
  const { log } = deps;
  try {
    const { outcome, lines } = await takeDraft(ask, { ...deps, distribution: await deps.distribution() });
    const message = ownMessage(lines);
    // Slack shows the body of the answer to a command, and to a shortcut none.
    const told = ask.by === 'command' ? 'in the answer' : await deps.answerAt(ask.responseUrl, message);
    log.info('draft asked for', { by: ask.by, outcome, told, ...(outcome === 'stored' && { postmortem: ask.id }) });
    if (ask.by === 'command') return jsonAnswer(200, message);
    return told === 'answered' ? emptyOk : problem(424, 'Failed Dependency', { detail: 'Slack did not take the answer.' });
  } catch (error) {
    log.error('draft failed', error, { by: ask.by });
    return problem(500, 'Internal Server Error', { detail: `Look in the log of drafts.` });
  }
}

/** Slack takes 200 with an empty body. */
const emptyOk: HttpAnswer = { ...emptyAnswer(), statusCode: 200 };

async function readSecrets({ signingSecrets, log }: DraftsDeps): Promise<string[]> {
  try {
    const secrets = signingSecretsIn(await signingSecrets());
    if (secrets.length === 0) log.warn('no signing secret of Slack', {});
    return secrets;
  } catch (error) {
    log.error('signing secret not read', error, {});
    return [];
  }
}
