interface Client {
  send(command: { readonly input: object }, ...rest: unknown[]): Promise<unknown>;
}

const longestMs = 1500;

/** Functions that compete for a row. */
const racing = /-(deliver-\w+|feedback)$/;

/**
 * Makes a worker stall: before this share of its calls to the table it does nothing for up to a
 * second and a half.
 */
export function stalling<C extends Client>(client: C, share: number): C {
  if (!racing.test(process.env.AWS_LAMBDA_FUNCTION_NAME ?? '')) return client;
  const send = client.send.bind(client);
  client.send = async (...call) => {
    if (Math.random() < share) await new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));
    return send(...call);
  };
  return client;
}
