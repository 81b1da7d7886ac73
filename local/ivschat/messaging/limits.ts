/** The review handler's time to answer, in milliseconds (service quotas, not adjustable). */
export const REVIEW_MILLISECONDS = 200;

/** Requests that one connection may make a second, of all kinds (unverified). */
export const REQUESTS_PER_SECOND = 10;

/** Names and values together, in UTF-8. Documented for tokens and events, unverified for messages. */
export const MOST_ATTRIBUTE_BYTES = 1024;

/** Longest content of any message, in code points; a room may allow less. */
export const MOST_CONTENT_CODE_POINTS = 500;

/** Longest request id (unverified). */
export const MOST_REQUEST_ID_CHARACTERS = 256;

/** A reason's and a user id's longest, and the form of a message id, are those of the control plane's model. */
export const MOST_REASON_CHARACTERS = 256;
export const MOST_USER_ID_CHARACTERS = 128;
export const MESSAGE_ID = /^[a-zA-Z0-9]{12}$/;

/** A connection that sends a longer frame is closed with code 1009 (unverified); the largest good one has about 13 KB. */
export const MOST_FRAME_BYTES = 64 * 1024;

/** A client that lets so many bytes wait for it is cut off, so that it costs nobody else (ours). */
export const MOST_WAITING_BYTES = 1024 * 1024;

/** Every so often each client is pinged, and one that has not answered the last ping is cut off (unverified). */
export const PING_MILLISECONDS = 30_000;
