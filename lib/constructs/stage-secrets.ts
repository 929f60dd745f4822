import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type ISecret, Secret, type SecretStringGenerator } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Realm } from '../../core/stream/stream.ts';

/** All that is needed of a secret. */
type KnownSecret = Pick<ISecret, 'secretArn'>;

export interface StageSecretsProps {
  readonly keepData: boolean;
  /** ARNs of existing secrets that are used as they are. */
  readonly kept?: KeptSecrets | undefined;
}

interface KeptSecrets {
  readonly identity: string;
  readonly suppression: string;
  readonly tokenKeys: string;
  /** Undefined for a stack of a release that had none: this stack makes its own. */
  readonly tokenKeysForCustomers?: string | undefined;
  readonly firstKey: string;
}

/**
 * The stage's five secrets. AWS makes them at the first deployment, and nobody knows them before.
 * They are kept if the stage keeps its data.
 */
export class StageSecrets extends Construct {
  /** Makes a subscriber's id from an address. Never rotates: every id would change. */
  readonly identity: KnownSecret;
  /** Makes the hash under which a suppression outlives a person's erasure. Never rotates. */
  readonly suppression: KnownSecret;
  /** JSON `{kid, key}`. Signs the links in mails to staff. */
  readonly tokenKeys: KnownSecret;
  /**
   * The same for mails to customers. What serves customers knows no other, so it cannot sign a link
   * that staff's pages open (docs/adr/072).
   */
  readonly tokenKeysForCustomers: KnownSecret;
  /** The first operator's key. Its only scope is `keys`. */
  readonly firstKey: KnownSecret;

  constructor(scope: Construct, id: string, { keepData, kept }: StageSecretsProps) {
    super(scope, id);
    const make = (name: string, description: string, template: SecretStringGenerator = {}) =>
      new Secret(this, name, {
        description,
        generateSecretString: { excludePunctuation: true, passwordLength: 64, ...template },
        removalPolicy: keepData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
      });
    const makeKeys = (name: string, whose: string, kid: string) =>
      make(name, `Signs the links in mails${whose}: the current key, and the previous one after a rotation.`, {
        secretStringTemplate: JSON.stringify({ kid }),
        generateStringKey: 'key',
      });
    const there = (name: string, arn: string) => Secret.fromSecretCompleteArn(this, name, arn);
    this.tokenKeysForCustomers =
      kept?.tokenKeysForCustomers === undefined
        ? makeKeys('TokenKeysForCustomers', ' to customers', 'c1')
        : there('KeptTokenKeysForCustomers', kept.tokenKeysForCustomers);
    if (kept) {
      this.identity = there('KeptIdentitySecret', kept.identity);
      this.suppression = there('KeptSuppressionSecret', kept.suppression);
      this.tokenKeys = there('KeptTokenKeys', kept.tokenKeys);
      this.firstKey = there('KeptFirstKey', kept.firstKey);
    } else {
      this.identity = make('IdentitySecret', 'Makes subscriber ids. Belongs into the backup; never rotates.');
      this.suppression = make('SuppressionSecret', 'Makes the hashes of suppressed addresses. Belongs into the backup; never rotates.');
      this.tokenKeys = makeKeys('TokenKeys', '', 'k1');
      this.firstKey = make('FirstKey', 'The first operator key; its only scope is keys.');
    }
    Validations.of(this).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SMG4',
      reason:
        'By the clock none may rotate: another identity or suppression secret would make everybody a stranger, another token key would break the links of mails already read, and the first key is replaced by keys of its holder.',
    });
  }
}

/** The keys that sign the links of a realm. */
export const keysOf = (realm: Realm, { tokenKeys, tokenKeysForCustomers }: Pick<StageSecrets, 'tokenKeys' | 'tokenKeysForCustomers'>) =>
  realm === 'customers' ? tokenKeysForCustomers : tokenKeys;

/** Allows reading these secrets and nothing else about them. */
export const mayRead = (...secrets: readonly KnownSecret[]): PolicyStatement =>
  new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: secrets.map((secret) => secret.secretArn) });
