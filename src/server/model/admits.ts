/** Whether a waiting body of so many bytes can be held; else its delivery is dropped. */
export type Admits = (bytes: number) => boolean;
