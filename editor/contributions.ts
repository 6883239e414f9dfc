/** Features of the editor, one line each. Deleting a line and its folder leaves a working product. */
export {};
