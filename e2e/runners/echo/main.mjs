process.argv.push('github-action');
await import(process.env['ECHO_STEP'] ?? '');
