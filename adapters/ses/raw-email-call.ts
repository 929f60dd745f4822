import { type SESClient, SendRawEmail$, SendRawEmailCommand, type SendRawEmailCommandOutput } from '@aws-sdk/client-ses';
import { HttpRequest, type HttpResponse } from '@smithy/core/protocols';
import type { $ClientProtocol } from '@smithy/types';

/**
 * SES's SendRawEmail with a form that is written already. All else is the SDK's own, as `client` is
 * configured: address, credentials, signature, clock, connections, time limits, answers and errors.
 * Makes one attempt, and rejects as `client.send` does.
 */
export function rawEmailCall(client: SESClient): (form: Buffer) => Promise<SendRawEmailCommandOutput> {
  // The SDK makes a new signer for each call, of parts that stay the same.
  const config = { ...client.config, signer: keptUnlessFailed(() => client.config.signer()) };
  const signer = config.httpAuthSchemes.find(({ schemeId }) => schemeId === 'aws.auth#sigv4')?.signer;
  if (!signer) throw new Error('the client of SES does not sign by Signature Version 4');
  const unsigned = keptUnlessFailed(() => unsignedRequest(client));
  return async (form) => {
    const { headers, ...request } = await unsigned();
    const whole = new HttpRequest({ ...request, headers: { ...headers, 'content-length': String(form.length) }, body: form });
    const signing = { config, context: {} };
    const signed = await signer.sign(whole, await config.credentials(), signing);
    try {
      const { response } = await config.requestHandler.handle(signed);
      const answer = await readAnswer(client, response);
      signer.successHandler?.(response, signing);
      return answer;
    } catch (error) {
      // Sets the clock by which the next call is signed, and throws the error.
      if (error instanceof Error) signer.errorHandler?.(signing)(error);
      throw error;
    }
  };
}

/** Makes it on the first call, and again only if that failed. */
function keptUnlessFailed<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** Where the SDK's request for a mail goes, and with which headers: caught before it is signed. */
async function unsignedRequest(client: SESClient): Promise<HttpRequest> {
  let caught: unknown;
  const stack = client.middlewareStack.clone();
  // Its header is of one invocation.
  stack.remove('recursionDetectionMiddleware');
  stack.add(
    () =>
      async ({ request }) => {
        caught = request;
        return { output: { $metadata: {} }, response: undefined };
      },
    { step: 'build', priority: 'low' },
  );
  const command = new SendRawEmailCommand({ RawMessage: { Data: new Uint8Array() } });
  await command.resolveMiddleware(stack, client.config, {})(command);
  if (!HttpRequest.isInstance(caught)) throw new Error('the SDK made no request');
  return caught;
}

const [, namespace, name, traits, input, output] = SendRawEmail$;
const operation = { namespace, name, traits, input, output };

/** Reads as the SDK does, and tells an error what was answered. */
async function readAnswer({ config }: SESClient, response: HttpResponse): Promise<SendRawEmailCommandOutput> {
  const protocol = config.protocol as $ClientProtocol<HttpRequest, HttpResponse>;
  try {
    return await protocol.deserializeResponse(operation, config, response);
  } catch (error) {
    if (error instanceof Error) {
      Object.defineProperty(error, '$response', { value: response });
      if (!('$metadata' in error)) Object.assign(error, { $metadata: { httpStatusCode: response.statusCode } });
    }
    throw error;
  }
}
