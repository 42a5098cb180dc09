export const themeStorageKey = "connectbest:theme";

/** Runs before the first paint, so that a dark page never flashes white. Kept free of imports: it is inlined. */
export const themeScript = `(function(){try{var t=localStorage.getItem("${themeStorageKey}")}catch(e){}
if(t!=="light"&&t!=="dark")t=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light";
document.documentElement.dataset.theme=t})()`;
