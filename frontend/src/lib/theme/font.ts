/** The font that every page needs at once; the stylesheet names the same address. */
export const fontPath = "/fonts/geist-latin.woff2";
