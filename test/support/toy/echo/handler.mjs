const startedAt = Date.now();

const say = (body) => ({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** Does what the query says, so that a test sees what a function sees. */
export const handler = async (event, context) => {
  const { mode, ms } = event.queryStringParameters ?? {};
  switch (mode) {
    case 'environment':
      return say(process.env);
    case 'clock':
      return say({ now: new Date().toISOString(), given: new Date(0).toISOString(), ticks: Date.now() });
    case 'context':
      return say({ ...context, remaining: context.getRemainingTimeInMillis() });
    case 'process':
      return say({ pid: process.pid, startedAt });
    case 'sleep':
      await new Promise((resolve) => setTimeout(resolve, Number(ms)));
      return say({ slept: ms });
    case 'throw':
      throw new TypeError('the toy broke');
    case 'binary':
      return {
        statusCode: 201,
        headers: { 'content-type': 'image/gif' },
        cookies: ['a=1', 'b=2'],
        isBase64Encoded: true,
        body: 'R0lGOA==',
      };
    case 'bare':
      return { plain: true };
    default:
      return say(event);
  }
};
