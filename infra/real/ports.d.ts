/** A TCP port of the loopback address that was free a moment ago. */
export declare function freePort(): Promise<number>;
/** Whether somebody listens there. */
export declare function isListening(port: number): Promise<boolean>;
/** Asks until the answer is yes; `false` after `timeout` ms. */
export declare function until(question: () => Promise<boolean>, timeout: number): Promise<boolean>;
