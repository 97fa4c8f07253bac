using CustomerComm.Local;

return await Commands.RunAsync(args);
