/**
 * Unsettled deliveries that a JSON data file keeps. Whoever makes deliveries in a namespace that the file keeps is to stop at
 * this number and drop what is more; the file itself drops it as the last resort, and memory then does not know.
 */
export const mostUnsettledInFile = 1000;

/** The reason of a delivery that was dropped because of it. */
export const noRoomInFile = `A JSON data file keeps at most ${mostUnsettledInFile} unsettled deliveries; use --data with a folder, such as --data state/, for more.`;

/** Bytes of the bodies that may wait in memory to be delivered; in a database any number may. */
export const mostPendingDeliveryBytes = 64 * 1024 * 1024;
