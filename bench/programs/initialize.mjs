// The floor of a language server: an empty Node process that answers whatever it is asked with next to nothing.

process.stdin.on('data', data => {
  const text = data.toString();
  for (const [, id] of text.matchAll(/"id":(\d+)/g)) {
    const answer = `{"jsonrpc":"2.0","id":${id},"result":{"capabilities":{}}}`;
    process.stdout.write(`Content-Length: ${answer.length}\r\n\r\n${answer}`);
  }
  if (text.includes('"method":"exit"')) process.exit(0);
});
