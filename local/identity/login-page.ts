import type { Account } from './people.ts';

/** Who signs in: a button for each account, and a field for any other address. */
export const loginPage = (accounts: readonly Account[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>Sign in · identity provider of this laptop</title>
<style>body{font:16px/24px system-ui,sans-serif;max-width:30rem;margin:3rem auto;padding:0 1rem}button{display:block;width:100%;margin:0 0 8px;padding:10px 14px;font:inherit;text-align:left;cursor:pointer}small{display:block}input{width:100%;box-sizing:border-box;font:inherit;padding:9px 10px;margin:4px 0 8px}</style>
</head>
<body>
<main>
<h1>Who are you?</h1>
<p>This is the identity provider of the local stack. It believes everybody.</p>
<form method="post">
${accounts.map(({ address, name, what }) => `<button name="account" value="${escaped(address)}">${escaped(name)}<small>${escaped(what)} · ${escaped(address)}</small></button>`).join('\n')}
</form>
<form method="post">
<label>Another address<input type="email" name="other" autocomplete="off" required></label>
<button>Sign in with it</button>
</form>
<form method="post"><button name="stop" value="1">Do not sign in</button></form>
</main>
</body>
</html>
`;

const escaped = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
