import type { Refusal } from './refusals.ts';

/** An answer of the Query protocol. */
export interface SesAnswer {
  readonly status: number;
  readonly xml: string;
}

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * A refusal: nothing was accepted. SES answers nearly all of them with 400, including throttling.
 */
export const refusal = ({ code, message, status = 400 }: Refusal, requestId: string): SesAnswer => ({
  status,
  xml: `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
});

/** The answer of an action that was carried out. */
export const answer = (action: string, result: Readonly<Record<string, string | number>>, requestId: string): SesAnswer => {
  const fields = Object.entries(result).map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`);
  return {
    status: 200,
    xml: `<${action}Response xmlns="${namespace}"><${action}Result>${fields.join('')}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`,
  };
};

/** SES itself failed. The answer does not say what it had done before. */
export const failure = (status: 500 | 503, requestId: string): SesAnswer => ({
  status,
  xml: `<ErrorResponse xmlns="${namespace}"><Error><Type>Receiver</Type><Code>${status === 500 ? 'InternalFailure' : 'ServiceUnavailable'}</Code><Message>A fault of the local stack.</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
});
