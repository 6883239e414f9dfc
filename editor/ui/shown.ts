import { createContext } from 'react';

/** Whether what is around is on show. Mounted behind something else, it puts nothing over the page. */
export const Shown = createContext(true);
