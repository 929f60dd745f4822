import * as z from 'zod';
import type { Distribution } from '../core/distribution/distribution.ts';
import { isOneLine } from '../core/shared/text.ts';

const address = z.email('an address such as oncall@example.com').max(254);
const domain = z
  .string()
  .regex(/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a domain such as example.com, lower case')
  .max(253);
const anyoneOf = z.string().regex(/^\*@(?!-)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/);
const oneLine = (most: number) => z.string().trim().min(1).max(most).refine(isOneLine, 'one line without control characters');

const secretArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
    'the whole ARN of a secret, arn:aws:secretsmanager:…:secret:…, with its last six characters',
  );

/** A table restored from a backup, and the secrets that belong to it. */
const Restored = z.strictObject({
  table: z.string().regex(/^[\w.-]{3,255}$/, 'the name of a table in the account and region of the stack'),
  /**
   * Secrets of a stack that is gone or was in another account. Without them this stack's own are
   * used. A stack of an earlier release had no `tokenKeysForCustomers`.
   */
  secrets: z
    .strictObject({
      identity: secretArn,
      suppression: secretArn,
      tokenKeys: secretArn,
      tokenKeysForCustomers: secretArn.optional(),
      firstKey: secretArn,
    })
    .optional(),
});
export type Restored = z.infer<typeof Restored>;

const hostOf = (issuer: string) => URL.parse(issuer)?.host ?? '';
const isEntra = (issuer: string) =>
  /^(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)$/.test(hostOf(issuer));
/** Not Entra's issuers of everybody who has any account, nor of private accounts. */
const isOneTenants = (issuer: string) =>
  !isEntra(issuer) || !/^\/(common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad)(\/|$)/i.test(new URL(issuer).pathname);

/** The organisation's own sign-in, an OpenID Connect provider (docs/sign-in.md). */
const SignIn = z
  .strictObject({
    /** As its discovery document names it, letter by letter. */
    issuer: z
      .url({ protocol: /^https$/, error: 'the issuer of your provider, an address that begins with https://' })
      .max(300)
      .refine((issuer) => !/[?#]|\.well-known/.test(issuer), 'the issuer alone, without ?, # and /.well-known/openid-configuration')
      .refine(isOneTenants, 'the issuer of your own tenant: with common, organizations or consumers anybody could sign in'),
    clientId: oneLine(300),
    /** Absent for a public client, which PKCE alone protects. */
    clientSecret: secretArn.optional(),
    /**
     * The claim with the address, for a provider that sends no `email_verified` and whose
     * administrators alone can change this claim.
     */
    address: z
      .string()
      .regex(/^[A-Za-z][\w.:/-]{0,99}$/, 'the name of a claim, such as upn')
      .optional(),
  })
  .refine(({ issuer, address }) => address === undefined || hostOf(issuer) !== 'accounts.google.com', {
    path: ['address'],
    error: 'for Google, which sends email_verified and where everybody may have an account',
  })
  .refine(({ issuer, address }) => address !== undefined || !isEntra(issuer), {
    path: ['address'],
    error: 'to be left out for Entra, which sends no email_verified: docs/sign-in.md says which claim',
  });
export type SignIn = z.infer<typeof SignIn>;

/** The organisation's Slack app (docs/slack.md). */
const SlackApp = z.strictObject({
  /** The secret with the token of its bot, which begins with `xoxb-`. */
  token: secretArn,
  /**
   * The secret with the app's signing secret. With it people make drafts in Slack; two secrets,
   * each on a line, are both accepted while one replaces the other.
   */
  signing: secretArn.optional(),
});
export type SlackApp = z.infer<typeof SlackApp>;

/** The secret with what incident tools sign with and what their APIs take (docs/connectors). */
const ConnectorsSecret = z.strictObject({ secret: secretArn });
export type Connectors = z.infer<typeof ConnectorsSecret>;

const common = {
  /** The path of the distribution file, relative to the folder of the settings file. */
  distribution: oneLine(500),
  /**
   * The address that alarms are mailed to. `nobody` has to be written out, because an alarm without
   * a listener is useless.
   */
  alarmAddress: z.union([address, z.literal('nobody')], 'an address such as oncall@example.com, or nobody'),
  /** The web address of docs/operations.md. Each alarm then links to its heading. */
  runbook: z.url({ protocol: /^https?$/, error: 'an address that begins with https://' }).optional(),
  /** The name below each sender's domain that bounces go to. */
  mailFrom: z
    .string()
    .regex(/^(?!-)[a-z0-9-]{1,63}$/, 'one name below the domain, such as bounce')
    .default('bounce'),
  /**
   * Sender domains that are already verified in the account. Their identities are used and not
   * made.
   */
  verifiedDomains: z.array(domain).max(50).default([]),
  /**
   * How many functions of the bulk lane run at once, how many that record events, and up to four
   * that compose. Lambda accepts no fewer than two.
   */
  workers: z.int().min(2).max(50).default(5),
  /** Tags on every resource, in addition to those of the account. */
  tags: z
    .record(z.string().regex(/^(?!aws:)[\w .:/=+@-]{1,128}$/, 'the name of a tag, which does not begin with aws:'), oneLine(256))
    .default({}),
  /** The host of links in mails. Without it, links use the host of API Gateway. */
  pages: z
    .strictObject({
      domain,
      /** The ARN of a certificate for that domain, in the region of the stack. */
      certificate: z
        .string()
        .regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, 'the ARN of a certificate of ACM, arn:aws:acm:…:certificate/…')
        .optional(),
      /**
       * A public zone of Route 53 in the account of the stack. The stack then makes the record, and
       * the certificate unless one is given.
       */
      hostedZone: z
        .strictObject({ id: z.string().regex(/^Z[A-Z0-9]{5,31}$/, 'the id of a hosted zone, such as Z0123456789ABCDEFGHIJ'), name: domain })
        .optional(),
    })
    .refine(({ certificate, hostedZone }) => certificate !== undefined || hostedZone !== undefined, {
      path: ['certificate'],
      error: 'to be left out where there is no hostedZone: one of them has to be there',
    })
    .refine(({ domain: host, hostedZone }) => hostedZone === undefined || `.${host}`.endsWith(`.${hostedZone.name}`), {
      path: ['hostedZone', 'name'],
      error: 'the name of a zone that pages.domain is in',
    })
    .optional(),
  /** How people sign in. Without it, a link is mailed to them. */
  signIn: SignIn.optional(),
  /** Posts in Slack, as the distribution file says. Without it the stack has nothing for them. */
  slack: SlackApp.optional(),
  /**
   * Postmortems from incident tools, as the distribution file says. Without it the stack has
   * nothing for them.
   */
  connectors: ConnectorsSecret.optional(),
  /** Used instead of the table and the secrets that the stack would make. */
  restored: Restored.optional(),
};

/**
 * deploy.yaml: a block for each stage of this organisation. It is the only place for deployment
 * settings.
 */
export const SettingsFile = z.strictObject({
  staging: z
    .strictObject({
      ...common,
      /**
       * Addresses that may be mailed in addition to the SES mailbox simulator: full addresses, or
       * `*@` and a domain. In lower case, as addresses are stored.
       */
      mayMail: z
        .array(z.union([address, anyoneOf], 'an address, or *@ and a domain').transform((pattern) => pattern.toLowerCase()))
        .max(100)
        .default([]),
    })
    .optional(),
  production: z.strictObject(common).optional(),
});
export type SettingsFile = z.infer<typeof SettingsFile>;

/** The settings of one stage, with the distribution file read. */
export interface StageSettings extends Omit<NonNullable<SettingsFile['production']>, 'distribution'> {
  readonly distribution: Distribution;
  readonly mayMail: readonly string[];
}

/** The defaults, for the laptop and for tests. Alarms notify nobody. */
export const settingsWith = (distribution: Distribution): StageSettings => ({
  distribution,
  alarmAddress: 'nobody',
  mailFrom: 'bounce',
  verifiedDomains: [],
  workers: 5,
  tags: {},
  mayMail: [],
});

/** An example of each setting, by its name within a stage. */
const examples: Readonly<Record<string, string>> = {
  distribution: 'distribution: distribution.yaml',
  alarmAddress: 'alarmAddress: oncall@example.com, or alarmAddress: nobody',
  runbook: 'runbook: https://wiki.example.com/afterword/operations',
  mailFrom: 'mailFrom: bounce',
  verifiedDomains: 'verifiedDomains: [example.com]',
  workers: 'workers: 2',
  tags: 'tags: { team: platform }',
  pages: 'pages: { domain: lessons.example.com, hostedZone: { id: Z0123456789ABCDEFGHIJ, name: example.com } }',
  mayMail: 'mayMail: [ada@example.com]',
  signIn: 'signIn: { issuer: "https://example.okta.com", clientId: 0oa1example, clientSecret: "arn:aws:secretsmanager:…:secret:…" }',
  slack: 'slack: { token: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:afterword-slack-AbCdEf" }',
  connectors: 'connectors: { secret: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:afterword-connectors-AbCdEf" }',
  restored: 'restored: { table: afterword-2026-11-23 }',
};

export function exampleOfSetting([stage, name]: readonly PropertyKey[]): string {
  const example = examples[String(name)];
  if (example !== undefined) return `Write for example ${example}`;
  return `Write for example ${String(stage ?? 'production')}: { distribution: distribution.yaml, alarmAddress: oncall@example.com }; samples/deploy.yaml has every setting.`;
}
