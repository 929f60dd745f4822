/**
 * What people agree to when they sign up or switch a stream on, by the id that stays with their subscription. A wording that was ever shown stays here as it was;
 * another one gets another id.
 */
export const consentWordings = {
  'sign-up-1': 'Send me this by mail at the address above. I can change or stop it at any time, with a link in each mail.',
  /** Chosen on a reader's own page, where each stream says what it is and when it comes. */
  'page-2026-11': 'What I choose here comes to me by mail. I can change or stop it at any time.',
} as const satisfies Record<string, string>;
type ConsentWording = keyof typeof consentWordings;

/** The one that the sign-up page shows now. */
export const currentWording: ConsentWording = 'sign-up-1';
