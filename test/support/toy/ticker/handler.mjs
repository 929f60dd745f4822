/** Logs that it ran, and for which scheduled time. */
export const handler = async (event) => console.log(`ticked for ${event.scheduledFor}`);
