"""Schema migrations, run by ``migrate`` and by nothing else; both engines take every one."""
