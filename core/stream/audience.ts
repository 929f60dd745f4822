/** Who a rendition is made for. Those of support and of customers come with their streams. */
export const audiences = ['engineering', 'leadership'] as const;
export type Audience = (typeof audiences)[number];
