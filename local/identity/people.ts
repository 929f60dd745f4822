/** Somebody who can sign in at the provider on loopback. */
export interface Account {
  readonly address: string;
  readonly name: string;
  /** What it is good for to try this one. */
  readonly what: string;
}

/** One of each kind, by the addresses and roles of samples/people.csv. */
export const sampleAccounts: readonly Account[] = [
  { address: 'katharina.vogel@example.com', name: 'Katharina Vogel', what: 'operator, leadership' },
  { address: 'amara.okafor@example.com', name: 'Amara Okafor', what: 'author, engineering at Storefront' },
  { address: 'marcus.adeyemi@example.com', name: 'Marcus Adeyemi', what: 'leadership at Platform' },
  { address: 'paul.jansen@example.com', name: 'Paul Jansen', what: 'support' },
  { address: 'vera.lang@example.com', name: 'Vera Lang', what: 'works here and is not on the list' },
];
