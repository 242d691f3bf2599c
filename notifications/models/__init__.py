from notifications.models.notification import Delivery, Notification, Preference

__all__ = ["Delivery", "Notification", "Preference"]
