import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Reads secrets, each once and then from memory; one that could not be read is asked for again the next time. */
export function secretsReader(client: SecretsManagerClient): (arn: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  return (arn) => {
    const secret = known.get(arn) ?? fetchSecret(client, arn);
    known.set(arn, secret);
    secret.catch(() => known.delete(arn));
    return secret;
  };
}

/** A secret's text, asked for once a container. Endpoint, region and credentials come from the environment, as on Lambda. */
export const readSecret = secretsReader(new SecretsManagerClient({}));

async function fetchSecret(client: SecretsManagerClient, arn: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  if (!SecretString) throw new Error('the secret has no text');
  return SecretString;
}
