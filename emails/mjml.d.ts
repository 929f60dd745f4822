/** An MJML file, compiled to HTML when it is bundled. */
declare module '*.mjml' {
  const html: string;
  export default html;
}
