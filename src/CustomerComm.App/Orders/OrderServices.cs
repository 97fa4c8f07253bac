using CustomerComm.App.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Orders;

/// <summary>Registers orders and repairs.</summary>
internal static class OrderServices
{
    internal static IServiceCollection AddOrders(this IServiceCollection services)
    {
        services.AddMatter<OrderKind>();
        services.AddSingleton<OrderIntake>();
        services.AddSingleton<RepairTalk>();
        services.AddSingleton<OrderReader>();
        services.AddSingleton<IIncomingHandler, OrderReplies>();
        return services;
    }
}
