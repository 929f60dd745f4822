interface Client {
  send(command: { readonly input: object }, ...rest: unknown[]): Promise<unknown>;
}

const longestMs = 1500;

/** A worker that stalls: before this share of its calls to the table it does nothing for up to a second and a half. */
export function stalling<C extends Client>(client: C, share: number): C {
  const send = client.send.bind(client);
  client.send = async (...call) => {
    if (Math.random() < share) await new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));
    return send(...call);
  };
  return client;
}
