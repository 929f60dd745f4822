/**
 * Nobody listens there. Ports below 1024 are given to nobody who asks for a free one: one that was
 * free a moment ago may be somebody's by now. `fetch` refuses to try port 1.
 */
export const nobodyListens = 'http://127.0.0.1:2';
