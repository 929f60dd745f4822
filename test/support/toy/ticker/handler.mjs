/** Says in its log that it ran, and for when. */
export const handler = async (event) => console.log(`ticked for ${event.scheduledFor}`);
