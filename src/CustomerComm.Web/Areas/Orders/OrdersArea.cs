using CustomerComm.App.Orders;
using CustomerComm.App.Reports;
using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Areas.Orders;

/// <summary>Orders and repairs at the desk (3.3, 4.2.4).</summary>
internal sealed class OrdersArea : IDeskArea
{
    public string Words => "Orders";

    public string Path => "/desk/orders";

    public IReadOnlyList<string> Matters => [OrderKind.Name];

    public bool MaySee(StaffMember member) => true;

    public string AddressOf(ObligationRow duty) => $"{Path}/{duty.Number}";

    public void Map(IEndpointRouteBuilder desk)
    {
        desk.MapOrderLists();
        desk.MapOrder();
    }
}

/// <summary>Registers the pages of orders.</summary>
internal static class OrderPagesRegistration
{
    internal static IServiceCollection AddOrderPages(this IServiceCollection services)
    {
        services.AddSingleton<IDeskArea, OrdersArea>();
        services.AddSingleton<OrderDesk>();
        services.AddSingleton<Pages.Orders.OrderPages>();
        services.AddSingleton<Pages.Orders.EvaluationPages>();
        return services;
    }
}
