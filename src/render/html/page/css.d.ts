/** esbuild gathers what is imported so into the page's one stylesheet. */
declare module '*.css';
