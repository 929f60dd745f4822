/** What find-secrets.ts uses of secretlint, and no more. */
declare module '@secretlint/core' {
  interface Message {
    readonly type: string;
    readonly ruleId: string;
    /** Offsets in the text, in UTF-16 units. */
    readonly range: readonly [number, number];
  }
  export function lintSource(asked: {
    readonly source: { readonly content: string; readonly filePath: string; readonly ext: string; readonly contentType: 'text' };
    readonly options: {
      readonly locale: 'en';
      readonly maskSecrets: boolean;
      readonly noPhysicFilePath: boolean;
      readonly config: { readonly rules: readonly { readonly id: string; readonly rule: unknown; readonly options: object }[] };
    };
  }): Promise<{ readonly messages: readonly Message[] }>;
}
declare module '@secretlint/secretlint-rule-preset-recommend' {
  export const creator: unknown;
}
