global using CustomerComm.Testing;
global using Xunit;
